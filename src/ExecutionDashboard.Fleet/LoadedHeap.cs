namespace ExecutionDashboard.Fleet;

/// <summary>
/// What a load leaves on the heap: several times the fleet itself, mostly JSON that was read. Nothing collects it while the fleet rests, so the process would keep it.
/// </summary>
public static class LoadedHeap
{
    // What a smaller fleet leaves is not worth a pause.
    private const int LargeFleet = 10_000;

    /// <summary>Collects it, compacts the heap and gives the memory back. Stops all threads, for about a second with a million executions. Nothing for a small fleet.</summary>
    /// <param name="executions">Number of executions loaded.</param>
    public static void Collect(int executions)
    {
        if (executions >= LargeFleet) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
