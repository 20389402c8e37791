export interface SummaryLine {
  readonly phase: string;
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly seconds: number;
}

const pattern =
  /^\[(trn|tst)\] ep (\d+), step (\d+), loss (\d+\.\d{6}), accu ([01]\.\d{6}), sec\/iter (\d+\.\d{6})$/;

/** The lines of an output that are, to the letter, as the tutorial prints them. */
export function summaryLines(stdout: string): readonly SummaryLine[] {
  return stdout.split('\n').flatMap((line) => {
    const match = pattern.exec(line);
    if (match === null) return [];
    const [epoch, step, loss, accuracy, seconds] = match.slice(2).map(Number);
    return [{ phase: match[1], epoch, step, loss, accuracy, seconds } as SummaryLine];
  });
}
