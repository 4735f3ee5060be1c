// One line on stderr that says what goes on, on terminals only; it disappears when the command is done.

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Shows `text` while `work` runs. `step` changes the text. */
export async function withProgress<T>(text: string, work: (step: (text: string) => void) => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work(() => undefined);
  let [current, frame] = [text, 0];
  const draw = () => process.stderr.write(`\r\u001b[K${frames[frame++ % frames.length]} ${current} …`);
  const timer = setInterval(draw, 80);
  try {
    return await work(next => (current = next));
  } finally {
    clearInterval(timer);
    process.stderr.write('\r\u001b[K');
  }
}
