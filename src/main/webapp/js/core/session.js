import {get} from './api.js';

/** Who is signed in: {user, roles}. Read before anything is shown. */
export const session = {user: '', roles: []};

export async function readSession() {
  Object.assign(session, await get('/session'));
}

/** Whether the user has this role; roles include those before them: viewer, operator, admin. */
export function may(role) {
  return session.roles.includes(role);
}

/** Whether the user may change this batch, its items and its runs: {shared, createdBy}. */
export function mayChange(batch) {
  return may('admin') || (may('operator') && (batch.shared || batch.createdBy === session.user));
}
