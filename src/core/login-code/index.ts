export { CodeHandle, TypedCode } from './field.ts'
export * from './log-in.ts'
export { proveCode } from './prove.ts'
export {
  CodeRequested,
  mailCode,
  RequestCode,
  requestCode,
} from './request.ts'
