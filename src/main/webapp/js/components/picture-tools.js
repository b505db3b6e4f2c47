import {html, nothing} from 'lit';
import {compared} from './compared-runs.js';
import {profilePlot} from './profile.js';
import {startFull, tryControls, tryImages} from './try-centre.js';
import './histogram.js';
import './projections.js';

/** What stands beside a picture: the centre of a try, contrast, profiles, projections, other runs. `screen` is the screen of pictures. */
export function pictureTools(screen, side) {
  const images = tryImages(side.run);
  const {index, of, low, projection, tool} = screen.state;
  const unit = screen.state.corrected && side.facts.correctable ? '' : side.facts.unit ?? '';
  return html`<aside class="tools">
    ${images && of === 'output' && images[index]
      ? html`<section class="panel"><h2>Centre of rotation</h2>${tryControls({
          ...side, index, images,
          goTo: next => screen.to(next),
          takeOver: () => screen.takeOver(side, images[index].rotationAxis),
          full: () => startFull(side.run.batch, [side.run.item]),
        })}</section>`
      : nothing}
    <section class="panel"><h2>Contrast ${Number.isFinite(low) ? '' : html`<span class="faint">(automatic)</span>`}</h2>
      <kiln-histogram .data=${screen.histogram} .low=${screen.window().low} .high=${screen.window().high} .unit=${unit}
        @window=${event => screen.change({low: event.detail.low, high: event.detail.high})} @automatic=${() => screen.automatic()}></kiln-histogram></section>
    <section class="panel"><h2>Profile</h2>
      <button aria-pressed=${tool === 'profile' ? 'true' : 'false'} @click=${() => screen.toggleTool()} title="Draw a line (P)">${tool === 'profile' ? 'Drag a line over the picture' : 'Draw a line'}</button>
      ${screen.line ? html`<button class="plain" @click=${() => Object.assign(screen, {line: null, profiles: []})}>Remove</button>` : nothing}
      ${screen.profiles.length ? profilePlot(screen.profiles.filter(Boolean), unit) : nothing}</section>
    ${screen.axis() === 0 && screen.count() > 1
      ? html`<section class="panel"><h2>Along the stack</h2>
          <kiln-projections .source=${side.source} .others=${screen.sides.slice(1).map(one => one.source)} .shown=${projection} .what=${side.facts.axes[0]}
            @projection=${event => screen.changeValues({projection: event.detail})}></kiln-projections></section>`
      : nothing}
    ${side.run ? compared(screen.sides, id => screen.show({beside: id})) : nothing}
    <p class="faint">Wheel or + − zoom, drag moves, double click or 0 fits. Page Up/Down: next picture, Space: movie, A: automatic contrast, P: profile.</p>
  </aside>`;
}
