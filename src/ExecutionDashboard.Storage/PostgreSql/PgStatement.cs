using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace ExecutionDashboard.Storage.PostgreSql;

/// <summary>A statement of a session. The driver prepares what is run often, on each connection.</summary>
internal sealed partial class PgStatement : Statement
{
    private readonly PgSession _session;
    private readonly string _sql;
    private readonly NpgsqlParameter[] _parameters;
    private NpgsqlDataReader? _reader;
    private NpgsqlConnection? _connection;
    private byte[] _blob = [];

    public PgStatement(PgSession session, string sql)
    {
        _session = session;
        var count = 0;
        // Numbered parameters name the same value, others are counted.
        _sql = Mark().Replace(sql, mark =>
        {
            var number = mark.Length > 1 ? int.Parse(mark.Value.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) : count + 1;
            count = Math.Max(count, number);
            return $"${number}";
        });
        _parameters = new NpgsqlParameter[count];
    }

    public override Statement Bind(int parameter, long value) => Bind(parameter, NpgsqlDbType.Bigint, value);

    public override Statement Bind(int parameter, string value) => Bind(parameter, NpgsqlDbType.Text, Storable(value));

    public override Statement Bind(int parameter, ReadOnlySpan<byte> value) => Bind(parameter, NpgsqlDbType.Bytea, value.IsEmpty ? DBNull.Value : value.ToArray());

    public override int Run() => _session.Change(connection =>
    {
        using var command = Command(connection);
        return command.ExecuteNonQuery();
    });

    public override bool Read()
    {
        try
        {
            if (_reader is null) Start();
            if (_reader!.Read()) return true;
        }
        catch
        {
            Reset();
            throw;
        }
        Reset();
        return false;
    }

    public override long Long(int column) => _reader!.IsDBNull(column) ? 0 : _reader.GetInt64(column);

    public override string Text(int column) => _reader!.IsDBNull(column) ? "" : _reader.GetString(column);

    public override ReadOnlySpan<byte> Blob(int column) => _reader!.IsDBNull(column) ? [] : _blob = _reader.GetFieldValue<byte[]>(column);

    public override bool IsNull(int column) => _reader!.IsDBNull(column);

    public override void Reset()
    {
        var (reader, connection) = (_reader, _connection);
        (_reader, _connection) = (null, null);
        try
        {
            reader?.Dispose();
        }
        catch (NpgsqlException)
        {
            // What was read is there; the next statement meets the same failure.
        }
        if (connection is not null) _session.GiveBack(connection);
    }

    public override void Dispose() => Reset();

    /// <summary>The text as PostgreSQL can store it: without zero characters and halves of pairs.</summary>
    internal static string Storable(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) text = text.Replace('\0', '\uFFFD');
        return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    private Statement Bind(int parameter, NpgsqlDbType type, object value)
    {
        _parameters[parameter - 1] = new NpgsqlParameter { NpgsqlDbType = type, Value = value };
        return this;
    }

    // A connection that idled while the server restarted fails at its first use, and says nothing of the server as it is now.
    private void Start()
    {
        for (var isFirst = true; ; isFirst = false)
        {
            _connection = _session.Take();
            try
            {
                using var command = Command(_connection);
                _reader = command.ExecuteReader();
                return;
            }
            catch (NpgsqlException) when (isFirst && _session.IsLost(_connection))
            {
                Reset();
            }
        }
    }

    private NpgsqlCommand Command(NpgsqlConnection connection)
    {
        var command = _session.Command(_sql, connection);
        // A parameter belongs to one command at a time.
        foreach (var parameter in _parameters) command.Parameters.Add(parameter.Clone());
        return command;
    }

    [GeneratedRegex(@"\?\d*")]
    private static partial Regex Mark();
}
