export { isEmptied } from './emptied.ts'
export { horizon, setHorizon } from './horizon.ts'
export * from './writer.ts'
