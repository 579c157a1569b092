export * from './login.ts'
export { Accepted, registerAttempt } from './register.ts'
