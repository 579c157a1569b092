export { purgeOf } from './purge.ts'
export { purgeRows } from './purge-rows.ts'
