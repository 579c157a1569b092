import { nounAndKeyOfEachRoute } from './access.ts'

type Route = { readonly key: string; readonly method: string; readonly path: string }

/** Made for the first wrong method, so that the start does not wait for it. */
let known: readonly Route[] | undefined

const allRoutes = (): Route[] =>
  nounAndKeyOfEachRoute.map(([, key]) => {
    const [method = '', path = ''] = key.split(' ')
    return { key, method, path }
  })

const writes: readonly string[] = ['POST', 'PUT', 'PATCH']
const PARAMETER = /\/\{\w+\}$/

const shorter = (path: string): string => path.replace(PARAMETER, '')
const isPlusParameter = (long: string, short: string): boolean =>
  PARAMETER.test(long) && shorter(long) === short
/** The last resource of a path, and whether one of its kind is named: `order`, true. */
const resourceOf = (path: string) => ({
  name: shorter(path).split('/').at(-1) ?? '',
  isOne: PARAMETER.test(path),
})

/** The route that is near a path and a method which the path does not take; undefined if none is. @param path as the document writes it. */
export function nearRoute(method: string, path: string): string | undefined {
  known ??= allRoutes()
  const routes = known
  const asked = method === 'HEAD' ? 'GET' : method
  const same = routes.filter((route) => route.method === asked && route.path !== path)
  const hasWrite = routes.some((route) => route.path === path && writes.includes(route.method))
  const isWrite = writes.includes(asked) && !hasWrite
  const others = isWrite ? routes.filter((route) => writes.includes(route.method)) : []
  const found: Route | undefined =
    same.find((route) => isPlusParameter(route.path, path)) ??
    same.find((route) => isElsewhere(route.path, path)) ??
    same.find((route) => isPlusParameter(path, route.path)) ??
    others.find((route) => isPlusParameter(route.path, path))
  return found?.key
}

function isElsewhere(known: string, asked: string): boolean {
  const [one, other] = [resourceOf(known), resourceOf(asked)]
  return one.name !== '' && one.name === other.name && one.isOne === other.isOne
}
