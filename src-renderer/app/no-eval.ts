import { z } from 'zod';

// zod compiles schemas with `new Function` where it may. The content security policy forbids that and reports even
// the try, so it is switched off before the first schema is made: main.tsx imports this file first.
z.config({ jitless: true });
