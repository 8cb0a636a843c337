/** Repeats the assertions until they hold; after `within` milliseconds the last failure is thrown. */
export async function eventually<T>(assertions: () => Promise<T> | T, within = 10_000): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    try {
      return await assertions();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
