/* Copies on this device of text the server has not confirmed; one per user, form and object. */

const PREFIX = "lkm:";
const MARK = "lkm-submitted";
const user = () => document.body.dataset.user || "";

export const copyKey = (form, object) => `${PREFIX}${user()}:${form}:${object}`;

export function readCopy(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/* False when the device keeps nothing (private window, full storage). */
export function writeCopy(key, copy) {
  try {
    localStorage.setItem(key, JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

export function dropCopy(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    /* nothing was kept */
  }
}

export function unsentCopies() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${user()}:`));
  } catch {
    return [];
  }
}

/* A form is on its way; whether it arrived is seen on the next page of this tab. */
export function markSubmitted(key) {
  try {
    sessionStorage.setItem(MARK, key);
  } catch {
    /* the copy stays until it is sent */
  }
}

/* A post that was accepted answers with a redirect to a page of the same user. */
export function closeSubmitted({ refused = false } = {}) {
  try {
    const key = sessionStorage.getItem(MARK);
    sessionStorage.removeItem(MARK);
    const [arrival] = performance.getEntriesByType("navigation");
    if (key && !refused && user() && arrival?.redirectCount > 0) dropCopy(key);
  } catch {
    /* the copy stays until it is sent */
  }
}
