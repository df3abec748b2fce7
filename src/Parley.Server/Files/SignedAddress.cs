namespace Parley.Server.Files;

/// <summary>An address that is good for one method and a short while (protocol ch. 11).</summary>
/// <param name="Path"><c>relativePath</c>.</param>
/// <param name="Signature"><c>temp_url_sig</c>.</param>
/// <param name="Expires"><c>temp_url_expires</c>, epoch seconds.</param>
internal sealed record SignedAddress(FilePath Path, string Signature, long Expires);
