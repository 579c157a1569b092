export { isBookStamped } from './book.ts'
export { assignDefaults } from './default.ts'
