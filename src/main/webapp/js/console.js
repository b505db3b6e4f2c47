import {html, nothing} from 'lit';
import {KilnElement} from './core/element.js';
import {ConnectionController, listenToEvents} from './core/events.js';
import {followLinks, place} from './core/router.js';
import {may, readSession, session} from './core/session.js';
import {complain, dismiss, shown} from './core/notices.js';
import {remove} from './core/api.js';

/**
 * The screens, in the order of the navigation: path → title, the least role that sees it, whether it stands in the navigation. Each is a module of `screens/`
 * that defines the element `kiln-NAME`, with the properties `path` (the parts of the address behind the screen's name) and `query` (URLSearchParams).
 */
const SCREENS = {
  overview: {title: 'Overview', role: 'viewer', isListed: true},
  batches: {title: 'Batches', role: 'viewer', isListed: true},
  runs: {title: 'Runs', role: 'viewer', isListed: true},
  pictures: {title: 'Pictures', role: 'viewer', isListed: true},
  'contact-sheet': {title: 'Contact sheet', role: 'viewer', isListed: false},
  launch: {title: 'Launch', role: 'operator', isListed: true},
  nodes: {title: 'Nodes', role: 'viewer', isListed: true},
  jobs: {title: 'Jobs', role: 'viewer', isListed: true},
  audit: {title: 'Audit', role: 'admin', isListed: true},
  users: {title: 'Users', role: 'viewer', isListed: true},
  notifications: {title: 'Notifications', role: 'viewer', isListed: true},
  about: {title: 'About', role: 'viewer', isListed: true},
};

const THEMES = ['auto', 'light', 'dark'];

/** The frame of the console: navigation, who is signed in, whether events come, and what actions did. */
class Console extends KilnElement {
  static properties = {ready: {state: true}, loaded: {state: true}, theme: {state: true}};

  constructor() {
    super();
    this.connection = new ConnectionController(this);
    this.asked = new Set();
    this.loaded = new Set();
    this.theme = localStorage.getItem('kiln-theme') ?? 'auto';
    this.update_ = () => this.requestUpdate();
  }

  async connectedCallback() {
    super.connectedCallback();
    addEventListener('kiln-place', this.update_);
    addEventListener('kiln-notices', this.update_);
    addEventListener('resize', this.update_);
    followLinks(Object.keys(SCREENS));
    this.showTheme();
    try {
      await readSession();
      listenToEvents();
      this.ready = true;
    } catch (problem) {
      complain(problem);
    }
  }

  /** The first update comes before it is known who has signed in, so that both are asked for at once. */
  willUpdate() {
    const {screen} = place();
    if (SCREENS[screen] && !this.asked.has(screen)) {
      this.asked.add(screen);
      import(`./screens/${screen}.js`).then(() => (this.loaded = new Set([...this.loaded, screen])), complain);
    }
  }

  updated() {
    // a narrow window has no room for the whole navigation
    this.querySelector('nav [aria-current]')?.scrollIntoView({block: 'nearest', inline: 'nearest'});
    document.title = `${SCREENS[place().screen]?.title ?? 'Not found'} · Kiln`;
  }

  showTheme() {
    const root = document.documentElement;
    if (this.theme === 'auto') {
      root.removeAttribute('data-theme');
    } else {
      root.setAttribute('data-theme', this.theme);
    }
  }

  changeTheme() {
    this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length];
    localStorage.setItem('kiln-theme', this.theme);
    this.showTheme();
  }

  async signOut() {
    try {
      await remove('/session');
      location.assign('/');
    } catch (problem) {
      complain(problem);
    }
  }

  render() {
    const {screen} = place();
    return html`
      <header class="bar">
        <a class="brand" href="/overview"><img src="/images/kiln.svg" width="22" height="22" alt="">Kiln</a>
        <nav aria-label="Screens">
          ${Object.entries(SCREENS)
            .filter(([, one]) => one.isListed && may(one.role))
            .map(([name, one]) => html`<a href="/${name}" aria-current=${name === screen ? 'page' : nothing}>${one.title}</a>`)}
        </nav>
        ${this.ready
          ? html`<span class="who">
              <button class="plain" @click=${this.changeTheme} title="Colours: ${this.theme}; press for the next">${this.theme === 'dark' ? '☾' : this.theme === 'light' ? '☀' : '◐'}<span class="visually-hidden">Colours: ${this.theme}</span></button>
              <span><a href="/users">${session.user}</a> <span class="faint">(${session.roles.at(-1)})</span></span>
              <button @click=${this.signOut}>Sign out</button>
            </span>`
          : nothing}
      </header>
      ${this.ready && this.connection.isOpen === false
        ? html`<div class="lost" role="alert">The connection to the server is lost. What is shown may be old; it is read anew as soon as the server answers.</div>`
        : nothing}
      <main class="screen">${this.screen()}</main>
      <div class="notices" role="status" aria-live="polite">
        ${shown().map(
          notice => html`
            <div class="notice ${notice.isComplaint ? 'complaint' : ''}">
              <span>${notice.text}</span>
              <button class="plain" @click=${() => dismiss(notice.id)} aria-label="Dismiss">✕</button>
            </div>`,
        )}
      </div>`;
  }

  screen() {
    const {screen, path, query} = place();
    if (!SCREENS[screen]) {
      return html`<p class="empty">There is no screen "${screen}". <a href="/overview">Overview</a></p>`;
    }
    if (!this.ready || !this.loaded.has(screen)) {
      return nothing;
    }
    if (!may(SCREENS[screen].role)) {
      return html`<p class="empty">${SCREENS[screen].title} is for users with the role ${SCREENS[screen].role}.</p>`;
    }
    if (this.current?.localName !== `kiln-${screen}`) {
      this.current = document.createElement(`kiln-${screen}`);
    }
    Object.assign(this.current, {path, query});
    return this.current;
  }
}

customElements.define('kiln-console', Console);
