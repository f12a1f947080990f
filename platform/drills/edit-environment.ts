import { execFileSync } from 'node:child_process';

/** process_vm_writev(2): as a debugger would; Node has no call for it, and Linux may refuse to write to /proc/<pid>/mem. */
const SCRIPT = `
import ctypes, sys
pid, old, new = int(sys.argv[1]), sys.argv[2].encode(), sys.argv[3].encode()
stat = open(f'/proc/{pid}/stat').read()
start = int(stat[stat.rindex(')') + 2:].split()[47])
at = (b'\\0' + open(f'/proc/{pid}/environ', 'rb').read()).index(b'\\0' + old + b'\\0')
class Piece(ctypes.Structure): _fields_ = [('base', ctypes.c_void_p), ('length', ctypes.c_size_t)]
text = ctypes.create_string_buffer(new, len(new))
own, its = Piece(ctypes.cast(text, ctypes.c_void_p), len(new)), Piece(start + at, len(new))
if ctypes.CDLL(None, use_errno=True).process_vm_writev(pid, ctypes.byref(own), 1, ctypes.byref(its), 1, 0) != len(new): sys.exit(str(ctypes.get_errno()))
`;

/** Overwrites one entry of a running process's environment (`LIMIT=10` by `LIMIT=99`; both of one length), as `/proc/<pid>/environ` shows it. Linux, python3. */
export function editEnvironment(pid: number, from: string, to: string): void {
  if (from.length !== to.length) throw new Error('both must have one length');
  execFileSync('python3', ['-c', SCRIPT, String(pid), from, to], { stdio: ['ignore', 'ignore', 'inherit'] });
}
