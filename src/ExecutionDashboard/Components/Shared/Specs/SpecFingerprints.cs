using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ExecutionDashboard.Components.Shared.Specs;

/// <summary>
/// Identifies specs outside of this process. From the hash of a spec with a short password, the password can be found by trying; a fingerprint, which is made with a
/// secret key of the installation, prevents that. Equal specs have equal fingerprints on all dashboards with the key. Safe for concurrent use.
/// </summary>
/// <param name="key">The secret key of the installation, 32 bytes.</param>
public sealed class SpecFingerprints(byte[] key)
{
    private const int MostKept = 10_000;
    private const int Bytes = 16;

    private readonly ConcurrentDictionary<string, string> _kept = new(StringComparer.Ordinal);

    /// <summary>The fingerprint of a spec: 32 hexadecimal digits; empty without a spec.</summary>
    /// <param name="specHash">The hash of the spec (<see cref="Fleet.JobSpec.Hash"/>), which must not leave the process.</param>
    public string Of(string specHash)
    {
        if (specHash.Length == 0) return "";
        if (_kept.TryGetValue(specHash, out var kept)) return kept;
        if (_kept.Count >= MostKept) _kept.Clear();
        return _kept[specHash] = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(specHash)).AsSpan(0, Bytes));
    }
}
