import { type Slot, type StorageSource, storageSlot } from './storage-slot.ts'

/** The key in the storage. */
const KEY = 'commerce.device'

/** The service refuses a longer text. */
const TOKEN = /^[!-~]{1,1000}$/

/** Keeps the token of this device in a storage, apart from the session, whose end it outlives. What cannot be read is no token. */
export const deviceTokenSlot = (source: StorageSource): Slot<string> =>
  storageSlot(source, KEY, { format: String, parse: (text) => (TOKEN.test(text) ? text : null) })
