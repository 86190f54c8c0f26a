declare module 'jasmine' {
  /** The runner of jasmine 3, as far as run.ts uses it. */
  export default class Jasmine {
    exitOnCompletion: boolean;
    randomizeTests(random: boolean): void;
    clearReporters(): void;
    addReporter(reporter: object): void;
    execute(files: readonly string[]): Promise<void>;
  }
}
