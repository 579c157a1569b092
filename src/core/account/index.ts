export { Accepted, registerAttempt } from './register.ts'
