using System.Security.Cryptography;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Storage;

namespace ExecutionDashboard.Hosting.Keys;

/// <summary>
/// The key that fingerprints of specs are made with. It lasts over restarts, and all dashboards of an installation have the same: it comes from the feed's key
/// where one is set, else from a file beside the change log.
/// </summary>
public static class FingerprintKey
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "fingerprint.key";

    private const string Purpose = "spec fingerprints";
    private const int Length = 32;

    /// <summary>The key.</summary>
    /// <param name="configuration">Says whether a feed's key is set; one that was made for this process alone ends with it.</param>
    /// <param name="key">The feed's key.</param>
    /// <param name="dataFolder">Where the change log is.</param>
    /// <exception cref="InvalidOperationException">The file can be neither read nor made.</exception>
    public static byte[] Read(IConfiguration configuration, FeedKey key, Func<string> dataFolder) =>
        FeedKeySetting.IsSet(configuration) ? key.Derive(Purpose) : OfFile(Path.Combine(dataFolder(), FileName));

    private static byte[] OfFile(string file)
    {
        try
        {
            PrivateFile.Prepare(file);
            var held = File.ReadAllBytes(file);
            if (held.Length == Length) return held;
            // New, or cut short by a crash.
            var made = RandomNumberGenerator.GetBytes(Length);
            File.WriteAllBytes(file, made);
            return made;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The key for fingerprints of specs cannot be kept beside the change log (Storage:ConnectionString): {problem.Message}", problem);
        }
    }
}
