UPDATE Collector SET SecretHash = @SecretHash, InstanceName = @InstanceName, HostPseudonym = @HostPseudonym, AppVersion = @AppVersion WHERE Id = @Id
