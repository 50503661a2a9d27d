using System.Security.Cryptography;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage;

namespace ExecutionDashboard.Hosting.Keys;

/// <summary>
/// The key for fingerprints of specs. It survives restarts and is the same for all dashboards of an installation: derived from the feed's key if one is set, else
/// stored in a file beside the change log.
/// </summary>
public static class FingerprintKey
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "fingerprint.key";

    private const string Purpose = "spec fingerprints";
    private const int Length = 32;

    /// <summary>The key.</summary>
    /// <param name="configuration">Tells whether a feed key is set; a random one would not survive a restart.</param>
    /// <param name="key">The feed's key.</param>
    /// <param name="dataFolder">Folder of the change log.</param>
    /// <exception cref="InvalidOperationException">The file can be neither read nor created.</exception>
    public static byte[] Read(IConfiguration configuration, FeedKey key, Func<string> dataFolder) =>
        FeedKeySetting.IsSet(configuration) ? key.Derive(Purpose) : OfFile(Path.Combine(dataFolder(), FileName));

    private static byte[] OfFile(string file)
    {
        try
        {
            PrivateFile.Prepare(file);
            var held = File.ReadAllBytes(file);
            if (held.Length == Length) return held;
            // There is no key yet, or its file was cut short by a crash.
            var made = RandomNumberGenerator.GetBytes(Length);
            File.WriteAllBytes(file, made);
            return made;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The key for fingerprints of specs cannot be stored beside the change log (Storage:ConnectionString): {problem.Message}", problem);
        }
    }
}
