namespace Parley.Server.Identity.SignIn;

/// <summary>A connector in use, with the keys it has by now.</summary>
internal sealed record LiveConnector(AuthConnector Settings, ProviderKeys Keys);
