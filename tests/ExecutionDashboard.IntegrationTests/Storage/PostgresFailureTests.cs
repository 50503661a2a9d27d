using System.Data.Common;
using ExecutionDashboard.IntegrationTests.Chaos;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Log;
using ExecutionDashboard.Storage.PostgreSql;
using ExecutionDashboard.Tests;
using ExecutionDashboard.Tests.Feed;

namespace ExecutionDashboard.IntegrationTests.Storage;

/// <summary>What the feed does while its database is gone, full of others, or led by another feed: it says so, loses nothing and stores nothing twice.</summary>
public sealed class PostgresFailureTests
{
    private readonly string _connection = $"{PostgresServer.Shared.ConnectionString};Search Path=failure_{Guid.NewGuid():N}";

    [Fact]
    public async Task Cycle_ServerKilledReadOnlyAndCut_SaysSoAndGoesOnWithoutGapOrDouble()
    {
        using var server = new PostgresServer();
        var database = PgDatabase.Open(server.ConnectionString, "", TimeProvider.System);
        using var feed = new FeedRig(database: database);
        await feed.KnowExecutionsAsync(3);
        var stored = feed.Log.LastSequence;

        server.Kill();
        var cycle = ChangeAsync(feed, "e0", "running", revision: 2);
        await RefusedAsync(feed);
        Assert.Contains("cannot be written", feed.Status.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("not-secret", feed.Status.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', feed.Status.Problem);
        Assert.NotNull(feed.Status.LogRefusedSince);
        Assert.ThrowsAny<DbException>(() => feed.Reader.KnownSince());
        server.Start();
        await EndAsync(feed, cycle);
        Assert.Equal(stored + 1, feed.Log.LastSequence);

        server.Execute("ALTER DATABASE postgres SET default_transaction_read_only = on");
        Cut(server);
        cycle = ChangeAsync(feed, "e1", "failed", revision: 2);
        await RefusedAsync(feed);
        Assert.Contains("read-only", feed.Status.Problem, StringComparison.Ordinal);
        server.Execute("ALTER DATABASE postgres RESET default_transaction_read_only");
        Cut(server);
        await EndAsync(feed, cycle);

        // A cut while nothing is written is not noticed by anybody.
        Cut(server);
        await EndAsync(feed, ChangeAsync(feed, "e2", "failed", revision: 2));

        Assert.Equal(["→running", "running→failed"], feed.StepsOf("e1"));
        Assert.Equal("", feed.Status.Problem);
        using var session = feed.Reader.Open();
        Assert.Equal(feed.Log.LastSequence, session.Number("SELECT count(*) FROM events"));
        Assert.Equal(feed.Log.LastSequence, session.Number("SELECT max(seq) FROM events"));
        Assert.Equal(stored + 3, feed.Log.LastSequence);
    }

    [Fact]
    public void Open_ConnectionResetAtOnce_IsAFailureOfTheDatabaseEachTime()
    {
        using var server = new ResettingServer();

        using var session = PgDatabase.OpenToRead($"Host=127.0.0.1;Port={server.Port};Database=fleet;Username=feed;SSL Mode=Disable;GSS Encryption Mode=Disable");

        for (var i = 0; i < 2_000; i++) Assert.ThrowsAny<DbException>(() => { session.Number("SELECT 1"); });
    }

    [Fact]
    public async Task Append_ServerCrashesInACommitAndGivesItsTransactionsNumberAgain_LeavesNoGap()
    {
        using var server = new PostgresServer();
        using var log = Open(server.ConnectionString);
        log.Append([Step("e1")]);
        var (step, asked) = ((Difference[])[Step("e2")], new SlowCommits(server));
        var append = Task.Run(() => log.Append(step));
        var number = await asked.NumberAsync();

        server.Kill();
        await Assert.ThrowsAnyAsync<DbException>(() => append);
        server.Start();
        asked.End();
        // The number is somebody else's now, whose transaction was committed.
        Assert.Equal("committed", asked.StatusOf(number));

        Assert.Equal(2, log.Append(step).First);
        IsWhole(log, "e1", "e2");
    }

    [Fact]
    public async Task Append_AnswerToACommitLost_StoresItOnce()
    {
        using var server = new PostgresServer();
        await using var link = new Link("the feed to the database", new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString).Port);
        using var log = Open(new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString) { Port = link.Port }.ConnectionString);
        log.Append([Step("e1")]);
        var (step, asked) = ((Difference[])[Step("e2")], new SlowCommits(server));
        var append = Task.Run(() => log.Append(step));
        await asked.NumberAsync();

        link.Cut();
        await Assert.ThrowsAnyAsync<DbException>(() => append);
        link.Mend();
        asked.End();

        Assert.Equal(2, log.Append(step).First);
        Assert.Equal(3, log.Append([Step("e3")]).First);
        IsWhole(log, "e1", "e2", "e3");
    }

    [Fact]
    public void Append_AnotherFeedLeads_StoresNothingMore()
    {
        using var deposed = Open();
        using var audit = deposed.Database.OpenSession(isDurable: true);
        deposed.Append([Step("e1")]);
        using var leader = Open();

        var lost = Assert.Throws<LeadershipLostException>(() => deposed.Append([Step("e2")]));
        Assert.Throws<LeadershipLostException>(() => audit.SetMeta("x", "y"));
        Assert.Throws<LeadershipLostException>(() => deposed.Gaps.Watched(FeedRig.Start, TimeSpan.FromMinutes(1)));

        Assert.Contains("Another feed leads", lost.Message, StringComparison.Ordinal);
        Assert.Equal(2, leader.Append([Step("e3")]).First);
        var reader = new LogReader(leader.Database);
        Assert.Empty(reader.StepsOf(Fleet.FleetKind.Execution, "e2"));
        Assert.Single(reader.StepsOf(Fleet.FleetKind.Execution, "e3"));
    }

    [Fact]
    public void Open_CannotBeUsed_SaysWhyInOneLineWithoutThePassword()
    {
        foreach (var wrong in (string[])[_connection.Replace("not-secret", "wrong-secret", StringComparison.Ordinal), _connection.Replace("Database=postgres", "Database=none", StringComparison.Ordinal), $"Host=127.0.0.1;Port={EndToEnd.FreePort.Next()};Database=postgres;Username=x;Password=wrong-secret"])
        {
            var problem = Assert.Throws<InvalidOperationException>(() => PgDatabase.Open(wrong, "", TimeProvider.System).Dispose());

            Assert.Contains("Storage:ConnectionString", problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', problem.Message);
        }
    }

    [Fact]
    public async Task Open_SeveralAtOnce_MigrateOnceAndANewerSchemaIsRefused()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => PgDatabase.Open(_connection, "", TimeProvider.System).Dispose())));
        PostgresServer.Shared.Execute($"UPDATE {new Npgsql.NpgsqlConnectionStringBuilder(_connection).SearchPath}.schema_version SET version = 99");

        var problem = Assert.Throws<InvalidOperationException>(() => PgDatabase.Open(_connection, "", TimeProvider.System));

        Assert.Contains("newer version", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:ConnectionString", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SchemaOfTheVersionBefore_IsMigratedAndKeepsItsLog()
    {
        var (schema, before) = (new Npgsql.NpgsqlConnectionStringBuilder(_connection).SearchPath, PgSchema.Steps.Count - 1);
        PostgresServer.Shared.Execute(
            $"CREATE SCHEMA {schema}; SET search_path TO {schema}; CREATE TABLE schema_version(version bigint NOT NULL); INSERT INTO schema_version(version) VALUES({before});"
            + string.Concat(PgSchema.Steps.Take(before)) + "INSERT INTO meta(name, value) VALUES('log_id', 'abc'), ('control_plane', 'http://here');");

        using var log = Open();
        log.Append([Step("e1") with { Former = [1, 2, 3] }]);

        Assert.Equal("abc", log.LogId);
        using var session = log.Database.OpenReader();
        Assert.Equal((0L, (long?)1), (session.MetaNumber(LogTimes.FormerFromName), session.Number("SELECT seq FROM former")));
    }

    private static void Cut(PostgresServer server) => server.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'execution-dashboard'");

    private static void IsWhole(ChangeLog log, params string[] executions)
    {
        var reader = new LogReader(log.Database);
        foreach (var id in executions) Assert.Single(reader.StepsOf(Fleet.FleetKind.Execution, id));
        using var session = reader.Open();
        long? all = executions.Length;
        Assert.Equal((all, all, all), (session.Number("SELECT count(*) FROM events"), session.Number("SELECT max(seq) FROM events"), log.LastSequence));
    }

    private ChangeLog Open() => Open(_connection);

    private static ChangeLog Open(string connection)
    {
        var log = ChangeLog.Open(PgDatabase.Open(connection, "", TimeProvider.System));
        log.Attach("http://here");
        return log;
    }

    private static Difference Step(string id)
    {
        var execution = FeedRig.Execution(id);
        return new Difference(Fleet.FleetChange.Of(execution), ExecutionDashboard.Feed.Watching.StateChanges.Of(null, execution, FeedRig.Start));
    }

    private static Task ChangeAsync(FeedRig feed, string id, string state, long revision)
    {
        feed.Server.Put(FeedRig.Execution(id, state, revision, at: (int)feed.Log.LastSequence * 10));
        return Task.Run(() => feed.Watcher.CycleAsync(default));
    }

    private static async Task EndAsync(FeedRig feed, Task cycle)
    {
        while (!cycle.IsCompleted)
        {
            feed.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        await cycle;
        await feed.CycleAsync();
    }

    private static async Task RefusedAsync(FeedRig feed)
    {
        while (true)
        {
            var next = feed.Signal.Next;
            if (feed.Status.LogRefusedSince is not null) return;
            await next.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        }
    }
}
