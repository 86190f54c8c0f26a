interface Block {
  readonly address: number;
  size: number;
  used: boolean;
  before: Block | undefined; // neighbour in address order
  after: Block | undefined;
  previous: Block | undefined; // list of free blocks of one class
  next: Block | undefined;
}

const ALIGNMENT = 64;
const CLASSES = 32 * 4;

/** Four classes for each power of two: class c holds free blocks of at least `floor(c)` bytes. */
function classOf(size: number): number {
  const power = 31 - Math.clz32(size / ALIGNMENT);
  const quarter = Math.floor(size / ALIGNMENT / 2 ** (power - 2)) & 3;
  return power * 4 + quarter;
}

/**
 * Two-level segregated fit (Masmano et al. 2004): a range of addresses cut into blocks, each in use or free; free blocks
 * are kept by size class and joined with free neighbours, so both operations take constant time.
 */
export class BlockList {
  readonly #free: (Block | undefined)[] = new Array(CLASSES).fill(undefined);
  readonly #used = new Map<number, Block>();
  #last: Block | undefined;
  #end: number;
  #allocated = 0;

  constructor(start: number, end: number) {
    this.#end = start;
    this.extend(end);
  }

  get allocated(): number {
    return this.#allocated;
  }

  get count(): number {
    return this.#used.size;
  }

  /** The address of a free range of `bytes`, now in use; undefined where none is long enough. */
  allocate(bytes: number): number | undefined {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const block = this.#find(size);
    if (block === undefined) return undefined;
    this.#unlist(block);
    if (block.size > size) this.#split(block, size);
    block.used = true;
    this.#used.set(block.address, block);
    this.#allocated += block.size;
    return block.address;
  }

  /** False where no block in use starts at `address`. */
  free(address: number): boolean {
    const block = this.#used.get(address);
    if (block === undefined) return false;
    this.#used.delete(address);
    this.#allocated -= block.size;
    block.used = false;
    const after = block.after;
    if (after !== undefined && !after.used) this.#join(block, after);
    const before = block.before;
    if (before === undefined || before.used) this.#list(block);
    else {
      this.#unlist(before);
      this.#absorb(before, block);
      this.#list(before);
    }
    return true;
  }

  sizeAt(address: number): number {
    return this.#used.get(address)?.size ?? 0;
  }

  /** Bytes by which the range must be extended before `allocate(bytes)` succeeds. */
  shortfall(bytes: number): number {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    return size - (this.#last !== undefined && !this.#last.used ? this.#last.size : 0);
  }

  /** Adds the addresses up to `end`. */
  extend(end: number): void {
    if (end <= this.#end) return;
    const block = this.#make(this.#end, end - this.#end, this.#last, undefined);
    const before = this.#last;
    this.#last = block;
    this.#end = end;
    if (before !== undefined) before.after = block;
    if (before === undefined || before.used) this.#list(block);
    else {
      this.#unlist(before);
      this.#absorb(before, block);
      this.#list(before);
    }
  }

  #make(address: number, size: number, before: Block | undefined, after: Block | undefined): Block {
    return { address, size, used: false, before, after, previous: undefined, next: undefined };
  }

  /** First fit within the size's own class, then the head of any larger class. */
  #find(size: number): Block | undefined {
    const own = classOf(size);
    for (let block = this.#free[own]; block !== undefined; block = block.next) if (block.size >= size) return block;
    for (let index = own + 1; index < CLASSES; index++) if (this.#free[index] !== undefined) return this.#free[index];
    return undefined;
  }

  #split(block: Block, size: number): void {
    const rest = this.#make(block.address + size, block.size - size, block, block.after);
    if (block.after === undefined) this.#last = rest;
    else block.after.before = rest;
    block.after = rest;
    block.size = size;
    this.#list(rest);
  }

  #join(block: Block, after: Block): void {
    this.#unlist(after);
    this.#absorb(block, after);
  }

  #absorb(block: Block, after: Block): void {
    block.size += after.size;
    block.after = after.after;
    if (after.after === undefined) this.#last = block;
    else after.after.before = block;
  }

  #list(block: Block): void {
    const index = classOf(block.size);
    const head = this.#free[index];
    block.previous = undefined;
    block.next = head;
    if (head !== undefined) head.previous = block;
    this.#free[index] = block;
  }

  #unlist(block: Block): void {
    if (block.previous === undefined) this.#free[classOf(block.size)] = block.next;
    else block.previous.next = block.next;
    if (block.next !== undefined) block.next.previous = block.previous;
    block.previous = undefined;
    block.next = undefined;
  }
}
