using System.Runtime.InteropServices;

namespace ExecutionDashboard.Hosting;

/// <summary>
/// Memory outside of the managed heap, mostly of SQLite, whose connections move from thread to thread. The C library of most Linux systems gives threads up to eight heaps for each processor,
/// and what one thread frees stays in the heap of the one that asked for it.
/// </summary>
internal static class NativeHeap
{
    private const int MostHeaps = -8;

    /// <summary>Two heaps for all threads. Nothing where the C library has no such setting.</summary>
    public static void Share()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            Set(MostHeaps, 2);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, which does not do this.
        }
        catch (DllNotFoundException)
        {
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(int parameter, int value);
}
