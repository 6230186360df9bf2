// What lies on the phone until the server says that it has it: one record a form, with its photos.
const DAYS_KEPT = 7;
const TABLE = "forms";
let opened = null;

function base() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("yiwang", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(TABLE, { keyPath: "name" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

async function run(mode, act) {
  const table = (await base()).transaction(TABLE, mode).objectStore(TABLE);
  return new Promise((done, failed) => {
    const asked = act(table);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

/** Every record whose name begins so, the oldest first; what nobody sent for a week is forgotten. */
export async function startingWith(prefix) {
  const all = await run("readonly", (table) => table.getAll());
  const old = Date.now() - DAYS_KEPT * 86_400_000;
  await Promise.all(all.filter(({ at }) => at < old).map(({ name }) => forget(name)));
  return all.filter(({ at, name }) => at >= old && name.startsWith(prefix)).sort((one, other) => one.at - other.at);
}

/** The record of this name, a new one where there is none, or where the browser keeps nothing. */
export async function recordOf(name) {
  const fresh = { name, fields: [], photos: {}, at: Date.now() };
  try {
    return (await startingWith(name)).find((one) => one.name === name) ?? fresh;
  } catch {
    return fresh;
  }
}

/** Lay it down; whether the browser could. */
export async function lay(record) {
  try {
    await run("readwrite", (table) => table.put(record));
    return true;
  } catch {
    return false; // a private window keeps nothing: the form works all the same, as long as it is open
  }
}

/** The server has it: nothing of it stays on the phone. */
export async function forget(name) {
  try {
    await run("readwrite", (table) => table.delete(name));
  } catch {
    // Nothing was kept, so there is nothing to forget.
  }
}
