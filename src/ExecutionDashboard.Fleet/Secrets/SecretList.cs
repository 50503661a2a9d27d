using System.Text.Json;
using ExecutionDashboard.Fleet.Secrets.Text;

namespace ExecutionDashboard.Fleet.Secrets;

/// <summary>Walks the entries of a list, whose secrets may be known by the entries before: flags, names, the first line of a key.</summary>
/// <param name="count">Entries of the list.</param>
internal struct SecretList(int count)
{
    private JsonElement _before;
    private bool _isInKey;

    /// <summary>Whether the next entry is a secret.</summary>
    public bool IsSecret(JsonElement entry)
    {
        var secret = SecretScope.IsNamedBy(_before, entry, count);
        _before = entry;
        if (entry.ValueKind != JsonValueKind.String) return secret;
        if (_isInKey)
        {
            _isInKey = !PrivateKeys.Ends(SecretScope.TextOf(entry));
            return true;
        }
        if (!PrivateKeys.MayBegin(entry)) return secret;
        return secret || (_isInKey = PrivateKeys.Begins(SecretScope.TextOf(entry)));
    }
}
