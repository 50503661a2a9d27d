using System.IO.Compression;
using System.Text;

namespace ExecutionDashboard.Storage.Log;

/// <summary>
/// The state of every execution and the connection of every node at one point in time: one byte per key of the log, with a table of the words. A million executions
/// need a megabyte, and a fraction of it when packed.
/// </summary>
internal sealed class FleetStates
{
    /// <summary>Most distinct words; further ones share a code.</summary>
    public const int MostWords = 254;
    private const byte OtherWord = 255;

    private readonly List<(string State, bool Replaced)> _words = [("", false)];
    private readonly Dictionary<(string State, bool Replaced), byte> _codes = new() { [("", false)] = 0 };
    private byte[] _states = [];
    private int _count;

    /// <summary>The code of each key; 0 for an entity that does not exist.</summary>
    public ReadOnlySpan<byte> Codes => _states.AsSpan(0, _count);

    /// <summary>The state of a code, and whether the execution was replaced.</summary>
    public (string State, bool Replaced) Word(byte code) => code == OtherWord ? ("other", false) : _words[code];

    /// <summary>Sets the state of a key; empty when it was removed.</summary>
    public void Set(long key, string state, bool replaced)
    {
        if (key >= _states.Length) Array.Resize(ref _states, (int)Math.Max(Math.Max(1_024, key + 1), _states.Length * 3L / 2));
        if (key >= _count) _count = (int)key + 1;
        _states[key] = CodeOf(state, replaced);
    }

    private byte CodeOf(string state, bool replaced)
    {
        if (state.Length == 0) return 0;
        if (_codes.TryGetValue((state, replaced), out var code)) return code;
        if (_words.Count > MostWords) return OtherWord;
        _words.Add((state, replaced));
        return _codes[(state, replaced)] = (byte)(_words.Count - 1);
    }

    /// <summary>The stored form.</summary>
    public byte[] Pack()
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
        {
            using (var head = new BinaryWriter(deflate, Encoding.UTF8, leaveOpen: true))
            {
                head.Write(_words.Count - 1);
                foreach (var (state, replaced) in _words.Skip(1))
                {
                    head.Write(state);
                    head.Write(replaced);
                }
                head.Write(_count);
            }
            deflate.Write(Codes);
        }
        return packed.ToArray();
    }

    /// <summary>Reads the stored form.</summary>
    public static FleetStates Unpack(byte[] packed)
    {
        var states = new FleetStates();
        using var inflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var head = new BinaryReader(inflate, Encoding.UTF8, leaveOpen: true);
        for (var words = head.ReadInt32(); words > 0; words--) states.CodeOf(head.ReadString(), head.ReadBoolean());
        states._count = head.ReadInt32();
        states._states = new byte[states._count + 1_024];
        inflate.ReadExactly(states._states.AsSpan(0, states._count));
        return states;
    }
}
