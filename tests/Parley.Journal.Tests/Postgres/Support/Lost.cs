namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>What is lost: the request, the answer to it, or the connection while the request is still on its way.</summary>
internal enum Lost { Request, Reply, Held }
