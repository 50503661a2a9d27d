using System.Text.Json;
using ExecutionDashboard.Fleet.Secrets.Text;

namespace ExecutionDashboard.Fleet.Secrets;

/// <summary>Goes through the entries of a list, where earlier entries can mark later ones as secret: flags, names, the first line of a key.</summary>
/// <param name="count">Number of entries.</param>
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
