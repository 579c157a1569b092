import * as z from 'zod'
import { lengthAtMost } from '#kernel/length'

export const CodeHandle = z.string().check(lengthAtMost(2000)).meta({
  description: 'The handle from `POST /auth/code`. The codes are valid only with it',
})

export const TypedCode = z
  .string()
  .check(lengthAtMost(4000))
  .meta({
    description:
      'The six digits of the mail, or the token of its link, or the whole link. Blanks, dashes and invisible characters are dropped.',
    examples: ['493817'],
  })
