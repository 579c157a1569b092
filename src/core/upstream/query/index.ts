export { endLinks, hasLinks } from './own.ts'
