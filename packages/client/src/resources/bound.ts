/**
 * A resource whose methods know whose they are, so that they can be taken off it, and be called through a Proxy, as tracing
 * tools make them: neither would reach the private fields.
 */
export function bound<Resource extends object>(resource: Resource): Resource {
  const methods = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(resource) as object);
  for (const [name, { value: method }] of Object.entries<PropertyDescriptor>(methods))
    if (name !== "constructor" && typeof method === "function")
      Object.defineProperty(resource, name, { value: method.bind(resource), writable: true, configurable: true });
  return resource;
}
