using Parley.Server.Tests.Support;

[assembly: AssemblyFixture(typeof(MessagingServer))]
