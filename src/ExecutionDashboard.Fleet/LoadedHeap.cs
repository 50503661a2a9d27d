namespace ExecutionDashboard.Fleet;

/// <summary>
/// What a load leaves on the heap: several times the fleet itself, mostly JSON that was read. Nothing collects it while the fleet rests, so the process would keep it.
/// </summary>
public static class LoadedHeap
{
    // What a smaller fleet leaves is not worth a pause.
    private const int LargeFleet = 10_000;
    // Feed and dashboard of one process load one after the other, and who showed the fleet before still holds it for some seconds.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private static readonly Timer Due = new(static _ => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));

    /// <summary>
    /// Some seconds after the last load of the process, collects it, compacts the heap and gives the memory back. Stops all threads then, for about a second with a million executions. Nothing
    /// for a small fleet.
    /// </summary>
    /// <param name="executions">Number of executions loaded.</param>
    public static void CollectSoon(int executions)
    {
        if (executions >= LargeFleet) Due.Change(Rest, Timeout.InfiniteTimeSpan);
    }
}
