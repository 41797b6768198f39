import product from '../../package.json' with { type: 'json' };

/** The version of the product, as package.json has it; a bundle carries it within. */
export const productVersion: string = product.version;
