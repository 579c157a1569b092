export { purgeUseCase } from './purge.ts'
