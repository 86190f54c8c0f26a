import type { DoctorFlags } from './doctor.ts';
export async function doctorCommand(_flags: DoctorFlags): Promise<number> {
  return 0;
}
