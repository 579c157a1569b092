export { purgeOf } from './purge.ts'
