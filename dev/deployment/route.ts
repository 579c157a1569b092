import type { z } from 'zod'
import type { Target, WorkerRoute } from './target.ts'

type Where = z.output<typeof WorkerRoute>

export const routesOf = ({ route, routes = [] }: Pick<Target, 'route' | 'routes'>): Where[] => [
  ...(route === undefined ? [] : [route]),
  ...routes,
]

/** Each host of a route is named, and a custom domain is a host alone: Cloudflare refuses others. */
export function mistakesOfRoutes(target: Target): string[] {
  const named = target.vars?.hosts ?? []
  const routes = routesOf(target)
  return [
    ...(routes.some((route) => route.previews_enabled)
      ? ['routes must not have previews_enabled']
      : []),
    ...routes
      .filter((route) => route.custom_domain && /[*/]/.test(route.pattern))
      .map(
        ({ pattern }) =>
          `routes: ${pattern} cannot be a custom domain, which is one host, without * or a path; name each host, or leave out custom_domain`,
      ),
    ...routes
      .flatMap(hostsOf)
      .filter((host) => !named.includes(host))
      .map((host) => `vars.hosts must have ${host}, where a route answers`),
  ]
}

/** The hosts of a route, as `hosts` has them. A star without a point stands for the domain itself too. */
function hostsOf({ pattern, zone_name = 'the domain of its zone' }: Where): string[] {
  const host = pattern.replace(/^https?:\/\//, '').replace(/[/:].*$/, '')
  const name = host.replace(/^\*\.?/, '') || zone_name
  return host.startsWith('*') && !host.startsWith('*.') ? [name, `*.${name}`] : [host]
}
