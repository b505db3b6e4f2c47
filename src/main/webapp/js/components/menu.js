import {html, nothing, render} from 'lit';

/**
 * Opens a menu below a button; it closes by a choice, Escape or a click elsewhere.
 *
 * @param {HTMLElement} button
 * @param {Array<{label: string, action?: () => void, href?: string, isDanger?: boolean, isDisabled?: boolean}|null>} entries null draws a line
 */
export function openMenu(button, entries) {
  const menu = document.createElement('div');
  menu.className = 'menu';
  menu.popover = 'auto';
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', button.getAttribute('aria-label') ?? button.textContent.trim());
  const choose = entry => {
    menu.hidePopover();
    entry.action();
  };
  render(
    entries.map(entry =>
      entry === null
        ? html`<hr>`
        : entry.href
          ? html`<a role="menuitem" href=${entry.href} @click=${() => menu.hidePopover()}>${entry.label}</a>`
          : html`<button role="menuitem" class=${entry.isDanger ? 'danger' : nothing} ?disabled=${entry.isDisabled} @click=${() => choose(entry)}>${entry.label}</button>`,
    ),
    menu,
  );
  menu.addEventListener('keydown', event => step(menu, event));
  menu.addEventListener('toggle', event => {
    if (event.newState === 'closed') {
      menu.remove();
      button.setAttribute('aria-expanded', 'false');
      button.focus({preventScroll: true});
    }
  });
  document.body.append(menu);
  menu.showPopover();
  button.setAttribute('aria-expanded', 'true');
  put(menu, button.getBoundingClientRect());
  choices(menu)[0]?.focus();
}

const choices = menu => [...menu.querySelectorAll('[role=menuitem]:not(:disabled)')];

function put(menu, place) {
  const {width, height} = menu.getBoundingClientRect();
  const below = place.bottom + height <= innerHeight;
  menu.style.left = `${Math.max(4, Math.min(place.left, innerWidth - width - 4))}px`;
  menu.style.top = `${below ? place.bottom : Math.max(4, place.top - height)}px`;
}

function step(menu, event) {
  const all = choices(menu);
  const from = all.indexOf(document.activeElement);
  const to = {ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: all.length - 1}[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  }
}
