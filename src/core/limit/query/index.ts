export { spend, spending } from './quota.ts'
