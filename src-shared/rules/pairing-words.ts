/**
 * Two hundred and fifty-six short words that sound unlike each other, one for each value of a byte. Never reordered: two machines of
 * different versions have to show the same ones.
 */
const WORDS = `
acorn album alley amber anchor angle apple apron arena arrow aspen atlas attic autumn bacon badge
baker bamboo banjo barrel basil basket beacon beaver bell berry bishop blanket bottle branch bread brick
bridge broom bucket buffalo button cabin cactus camel candle canoe canyon carbon carpet castle cedar cello
cherry chess chimney circus citrus clover coast cobalt coffee comet copper coral corner cotton cousin cradle
crayon cricket crown crystal curtain cypress daisy dancer desert diamond dinner doctor dolphin donkey dragon drum
dune eagle echo elbow elm ember engine envelope evening falcon farmer feather fern ferry fiddle finger
flag flute forest fossil fountain fox frost galaxy garden garlic ginger giraffe glacier glove goose granite
grape guitar hammer harbor harp hazel helmet heron hill honey horizon hotel ice igloo indigo island
ivory jacket jasmine jelly jewel judge jungle kayak kettle kitchen kiwi ladder lagoon lake lantern laurel
lava lemon leopard letter lily linen lion lizard lobster lotus magnet mango maple marble market meadow
melon mentor metal milk mirror monkey moon moss mountain museum mustard napkin nectar needle nest nickel
north novel nutmeg oasis ocean olive onion opera orange orbit orchid otter oven oyster paddle palace
panda paper parrot pasture peach pebble pencil pepper piano pigeon pillow pine pirate planet plum pocket
polar pond poppy prairie pumpkin puzzle quarry quartz queen quilt rabbit radar radish raven ribbon river
robin rocket saddle saffron salmon sandal saturn scarf school shadow sheep silver singer sketch snow sparrow
spider spoon stable summer sunset swan table temple thunder tiger tomato tulip tunnel turtle uncle velvet
`
  .trim()
  .split(/\s+/);

/** How many words are shown: whoever wants to be mistaken for another machine has one chance in four billion. */
export const PAIRING_WORDS = 4;

/**
 * The words that two screens are compared by.
 * @param hash at least four bytes of a hash over all that the two ends must agree on
 */
export function pairingWords(hash: Uint8Array): string {
  if (hash.length < PAIRING_WORDS) throw new Error('the hash is too short');
  return Array.from(hash.subarray(0, PAIRING_WORDS), (byte) => WORDS[byte]).join(' ');
}
