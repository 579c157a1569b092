export { hostOfUrl } from './host-of-url.ts'
