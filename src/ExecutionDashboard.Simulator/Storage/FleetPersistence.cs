using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Fleet;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Simulator.Storage;

/// <summary>Loads the fleet from its file, or creates it, and saves its changes.</summary>
internal sealed class FleetPersistence : IDisposable
{
    private SimulatorDatabase? _database;
    private readonly ILogger _log;
    private bool _failing;

    /// <summary>Loads or creates the fleet as of now.</summary>
    public FleetPersistence(IOptions<SimulatorOptions> options, TimeProvider clock, ILogger<FleetPersistence> log, IHostEnvironment host)
    {
        _log = log;
        var settings = options.Value;
        if (settings.Database.Length > 0) _database = Open(Path.GetFullPath(settings.DatabaseFile, host.ContentRootPath));
        var stored = Stored(settings, clock.GetUtcNow());
        // Without a file, changes need not be recorded.
        if (_database is null) settings.Database = "";
        Engine = stored ?? FleetBuilder.Build(settings, clock.GetUtcNow());
        Engine.World.StartedAt = clock.GetUtcNow().UtcTicks;
        Save();
    }

    /// <summary>The fleet.</summary>
    public SimulatorEngine Engine { get; }

    /// <summary>Saves what changed since the last call.</summary>
    public void Save()
    {
        if (_database is null) return;
        List<Row> rows;
        lock (Engine.Gate) rows = Snapshot.Take(Engine);
        try
        {
            _database.Save(rows);
            _failing = false;
        }
        catch (SqliteException problem)
        {
            if (!_failing) _log.LogError(problem, "The simulator's state cannot be written (Simulator:Database); tried again with the next changes.");
            _failing = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _database?.Dispose();

    private SimulatorEngine? Stored(SimulatorOptions settings, DateTimeOffset now)
    {
        if (_database is null) return null;
        SimulatorEngine? engine;
        bool isOther;
        try
        {
            engine = _database.Load(settings, out isOther);
            if (engine is null) _database.Clear();
        }
        // Damaged rows cause many kinds of exceptions.
        catch (Exception problem)
        {
            _log.LogWarning("The fleet in {File} (Simulator:Database) cannot be read ({Reason}); a new one is kept in memory only.", settings.DatabaseFile, problem.Message);
            _database.Dispose();
            _database = null;
            return null;
        }
        if (engine is null)
        {
            if (isOther) _log.LogWarning("The stored fleet was made with other settings (Simulator:Seed, :Nodes, :Jobs, :Executions, :Generation, :Scenario); a new one is started.");
            return null;
        }
        engine.Skip(now.UtcTicks);
        engine.Story.Begin();
        _log.LogInformation("The simulator goes on with its stored fleet of {Executions} executions.", engine.World.Executions.Count);
        return engine;
    }

    private SimulatorDatabase? Open(string path)
    {
        try
        {
            return new(path);
        }
        catch (Exception problem) when (problem is SqliteException or IOException or UnauthorizedAccessException)
        {
            _log.LogWarning("Simulator:Database '{Path}' cannot be used ({Reason}); the fleet is kept in memory only.", path, problem.Message);
            return null;
        }
    }
}
