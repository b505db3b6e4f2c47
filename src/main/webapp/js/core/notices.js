/** What an action did, said where everybody sees and hears it. */

const notices = [];
let next = 1;

function add(text, isComplaint) {
  // what goes wrong again and again, as while the server starts, is said once
  if (isComplaint && notices.some(notice => notice.isComplaint && notice.text === text)) {
    return;
  }
  const notice = {id: next++, text, isComplaint};
  notices.push(notice);
  dispatchEvent(new CustomEvent('kiln-notices', {detail: text}));
  if (!isComplaint) {
    setTimeout(() => dismiss(notice.id), 6000);
  }
}

export const shown = () => [...notices];

/** Says what was done; it goes by itself. */
export const say = text => add(text, false);

/** Says what went wrong; it stays until it is dismissed. */
export const complain = problem => add(problem instanceof Error ? problem.message : problem, true);

export function dismiss(id) {
  const index = notices.findIndex(notice => notice.id === id);
  if (index >= 0) {
    notices.splice(index, 1);
    dispatchEvent(new Event('kiln-notices'));
  }
}

/** Does something and says how it went: `done` is a text, or makes one of the answer. Returns the answer, or undefined when it failed. */
export async function act(action, done) {
  try {
    const answer = await action();
    say(typeof done === 'function' ? done(answer) : done);
    return answer;
  } catch (problem) {
    complain(problem);
    return undefined;
  }
}
