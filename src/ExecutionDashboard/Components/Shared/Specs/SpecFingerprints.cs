using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>
/// What tells specs apart outside of this process. The hash of a spec with a short password in it lets anybody who has it try passwords until one fits; a
/// fingerprint, made with a key of the installation, does not. Equal specs have equal fingerprints on every dashboard that has the key. Safe for any thread.
/// </summary>
/// <param name="key">A key of the installation, 32 bytes.</param>
public sealed class SpecFingerprints(byte[] key)
{
    private const int MostKept = 10_000;
    private const int Bytes = 16;

    private readonly ConcurrentDictionary<string, string> _kept = new(StringComparer.Ordinal);

    /// <summary>The fingerprint of a spec: 32 hexadecimal digits; empty where there is no spec.</summary>
    /// <param name="specHash">The spec's hash (<see cref="Fleet.JobSpec.Hash"/>), which must not leave the process.</param>
    public string Of(string specHash)
    {
        if (specHash.Length == 0) return "";
        if (_kept.TryGetValue(specHash, out var kept)) return kept;
        if (_kept.Count >= MostKept) _kept.Clear();
        return _kept[specHash] = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(specHash)).AsSpan(0, Bytes));
    }
}
