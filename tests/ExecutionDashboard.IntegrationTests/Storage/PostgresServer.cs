using System.Diagnostics;
using ExecutionDashboard.IntegrationTests.EndToEnd;
using Npgsql;

namespace ExecutionDashboard.IntegrationTests.Storage;

/// <summary>A PostgreSQL server on a folder and a port of its own. It refuses to run as root, so then it runs as the account of the Debian package.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string User = "fleet", Password = "not-secret";

    private static readonly Lazy<PostgresServer> Common = new(() =>
    {
        var server = new PostgresServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("postgres-").FullName;
    private readonly string _programs;
    private readonly int _port = FreePort.Next();
    private readonly string _address;
    private readonly string[] _launcher;
    private bool _isRunning;

    /// <summary>Starts one.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="launcher">A command that becomes the server, such as <c>ip netns exec</c>, which needs root; none by default.</param>
    public PostgresServer(string address = "127.0.0.1", params string[] launcher)
    {
        (_address, _launcher) = (address, launcher);
        _programs = Directory.EnumerateDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin/";
        File.WriteAllText(Path.Combine(_folder, "password"), Password);
        if (Environment.IsPrivilegedProcess) Run("chown", "-R", "postgres:postgres", _folder);
        RunAsServer(_programs + "initdb", "-D", Data, "-U", User, "-A", "scram-sha-256", "--pwfile", Path.Combine(_folder, "password"), "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync");
        // Nothing here needs to survive the machine.
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), $"""

            port = {_port}
            listen_addresses = '{address}'
            unix_socket_directories = '{_folder}'
            max_connections = 300
            shared_buffers = 64MB
            fsync = off
            full_page_writes = off
            logging_collector = off
            """);
        File.AppendAllText(Path.Combine(Data, "pg_hba.conf"), $"host all all {address}/24 scram-sha-256\n");
        Start();
    }

    /// <summary>One for all tests that need no server of their own: each has a schema.</summary>
    public static PostgresServer Shared => Common.Value;

    /// <summary>A connection string of its owner.</summary>
    public string ConnectionString => $"Host={_address};Port={_port};Database=postgres;Username={User};Password={Password}";

    private string Data => Path.Combine(_folder, "data");

    public void Start()
    {
        RunAsServer(_programs + "pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "120", "start");
        _isRunning = true;
    }

    /// <summary>Stops it as a power failure would, but for what the machine has in memory.</summary>
    public void Kill()
    {
        _isRunning = false;
        RunAsServer(_programs + "pg_ctl", "-D", Data, "-m", "immediate", "-w", "-t", "120", "stop");
    }

    /// <summary>Runs SQL, also while the database is read-only.</summary>
    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Options=-c default_transaction_read_only=off");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        if (_isRunning) Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private void RunAsServer(string program, params string[] arguments)
    {
        if (Environment.IsPrivilegedProcess && _launcher is [var first, .. var rest]) Run(first, [.. rest, "setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]);
        else if (Environment.IsPrivilegedProcess) Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]);
        else Run(program, arguments);
    }

    // What it starts keeps its output, so nobody reads that to its end.
    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
