// Python interpreters to verify on: the one of the settings, the one that the Python extension has selected, those on the PATH.
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { setting } from '../settings.ts';

/** What is used of the Python extension's public interface. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(of: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

interface Choice extends vscode.QuickPickItem {
  readonly python: string | null;
}

/** Asks the user; undefined where they decide for none. */
export async function chooseInterpreter(resource: vscode.Uri): Promise<string | undefined> {
  const choices: Choice[] = [];
  const add = (python: string, description: string): void => {
    if (python !== '' && !choices.some(choice => choice.python === python))
      choices.push({ label: path.basename(python), detail: python, description, python });
  };
  add(setting('tensorlift.verify.python', resource).trim(), 'from the settings');
  add((await selectedByPython(resource)) ?? '', 'selected in the Python extension');
  for (const folder of vscode.workspace.workspaceFolders ?? [])
    for (const name of ['.venv', 'venv'])
      for (const python of await existing([path.join(folder.uri.fsPath, name, binaries)])) add(python, `of ${name}`);
  for (const python of await existing((process.env.PATH ?? '').split(path.delimiter).filter(Boolean)))
    add(python, 'on the PATH');
  choices.push({ label: '$(folder-opened) Browse…', alwaysShow: true, python: null });
  const chosen = await vscode.window.showQuickPick(choices, {
    title: 'Verify Lifted Code with a Python Interpreter',
    placeHolder: 'A Python that has NumPy and TensorFlow',
    matchOnDetail: true,
  });
  if (!chosen) return undefined;
  if (chosen.python !== null) return chosen.python;
  const [file] = (await vscode.window.showOpenDialog({ openLabel: 'Use This Python', canSelectMany: false })) ?? [];
  return file?.fsPath;
}

const windows = process.platform === 'win32';
const binaries = windows ? 'Scripts' : 'bin';

async function existing(folders: readonly string[]): Promise<readonly string[]> {
  const names = windows ? ['python.exe'] : ['python3', 'python'];
  const found = await Promise.all(
    folders.map(async folder => {
      for (const name of names) {
        const file = path.join(folder, name);
        if (
          await access(file, constants.X_OK).then(
            () => true,
            () => false,
          )
        )
          return [file];
      }
      return [];
    }),
  );
  return found.flat();
}

async function selectedByPython(resource: vscode.Uri): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>('ms-python.python');
  if (!extension) return undefined;
  try {
    const { environments } = extension.isActive ? extension.exports : await extension.activate();
    const selected = environments?.getActiveEnvironmentPath(resource);
    const resolved = selected && (await environments?.resolveEnvironment(selected));
    return resolved?.executable.uri?.fsPath;
  } catch {
    // Another extension's failure is no reason not to offer the others.
    return undefined;
  }
}
