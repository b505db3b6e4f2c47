import {html, nothing} from 'lit';
import {tryImages} from './try-centre.js';

/** What of a source is looked at: a run's output or its input, along which axis, which dataset. `screen` is the screen of pictures. */
export function pictureTabs(screen, side) {
  const {of, axis, corrected} = screen.state;
  const choose = (name, title) => html`<button aria-pressed=${of === name ? 'true' : 'false'} @click=${() => screen.show({of: name, index: undefined, projection: undefined, axis: 0})}>${title}</button>`;
  const views = side.facts.axes.map((name, i) => [i, `along the ${name}s`]).filter(([i]) => i < 2 || !side.facts.correctable);
  return html`
    ${side.run ? [choose('output', tryImages(side.run) ? 'Try' : 'Slices'), choose('projections', 'Projections'), choose('sinograms', 'Sinograms')] : nothing}
    ${side.run && (of !== 'output' || tryImages(side.run))
      ? nothing
      : html`<label>View <select @change=${event => screen.turn(Number(event.target.value))}>
          ${views.map(([i, title]) => html`<option value=${i} ?selected=${i === axis}>${title}</option>`)}</select></label>`}
    ${side.facts.datasets.length > 1 && !side.run
      ? html`<label>Dataset <select @change=${event => screen.show({dataset: event.target.value, index: undefined})}>
          ${side.facts.datasets.map(one => html`<option ?selected=${one.name === side.facts.dataset}>${one.name}</option>`)}</select></label>`
      : nothing}
    ${side.facts.correctable
      ? html`<label><input type="checkbox" .checked=${corrected} @change=${event => screen.changeValues({corrected: event.target.checked})}> flat-field corrected</label>`
      : nothing}`;
}
