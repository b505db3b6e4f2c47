import {html, nothing, render} from 'lit';

/**
 * Asks before something is done that cannot be undone, or for a value.
 *
 * @param {{title: string, text?: unknown, action: string, isDanger?: boolean}} question text may be a template with form fields
 * @returns {Promise<FormData|null>} what the fields hold; null when the answer is no
 */
export function ask({title, text = nothing, action, isDanger = false}) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'ask-title');
  render(
    html`
      <form method="dialog">
        <h2 id="ask-title">${title}</h2>
        ${text}
        <div class="actions">
          <button type="button" @click=${() => dialog.close('')}>Cancel</button>
          <button class=${isDanger ? 'danger' : 'primary'} value="yes">${action}</button>
        </div>
      </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      const answer = dialog.returnValue === 'yes' ? new FormData(dialog.querySelector('form')) : null;
      dialog.remove();
      resolve(answer);
    });
  });
}
