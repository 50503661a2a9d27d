using System.Xml.Linq;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.Keys;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ExecutionDashboard.Hosting.Keys;

/// <summary>The keys for cookies, in the database. Two processes that start together make two, each of which the other can read.</summary>
internal sealed class StoredKeys(Database database) : IXmlRepository, IDisposable
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. KeyTable.All(database).Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) => KeyTable.Add(database, friendlyName, element.ToString(SaveOptions.DisableFormatting));

    public void Dispose() => database.Dispose();
}
