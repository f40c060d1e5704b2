import { HomeScreen } from '@/components/imports/home/home-screen';

export default function HomePage() {
  return <HomeScreen />;
}
