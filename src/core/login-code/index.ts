export { CodeHandle, TypedCode } from './input.ts'
export * from './log-in.ts'
export { proveCode } from './prove.ts'
export {
  CodeRequested,
  enqueueCodeMail,
  RequestCode,
  requestCode,
} from './request.ts'
